-- I to V: whose words stand under each section, and how many had nothing to tell. Of a kept period
-- its own reports speak; of a wider window each unit's newest.
, telling AS (
    SELECT id FROM (
        SELECT r.id, ROW_NUMBER() OVER (
                   PARTITION BY r.unit_id ORDER BY r.data_to DESC, p.data_from DESC, r.id DESC
               ) AS newest
        FROM report r JOIN campaign_reportingperiod p ON p.id = r.period_id
        WHERE r.data_to BETWEEN %(first)s AND %(last)s
          AND (%(period)s = 0 OR r.period_id = %(period)s)
          AND r.unit_id IN (SELECT id FROM scope)
    ) ranked WHERE newest = 1
)
SELECT w.code,
       SUM(CASE WHEN w.answer = 'text' THEN 1 ELSE 0 END),
       SUM(CASE WHEN w.answer = 'nothing' THEN 1 ELSE 0 END)
FROM campaign_reportsection w
WHERE w.report_id IN (SELECT id FROM telling)
GROUP BY w.code
