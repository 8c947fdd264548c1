-- Phụ lục IV: who owed which paper, and how each stood. The first version that counts says whether
-- it was in time; the due day is the one that held at the cut-off; an exempt unit is in no count.
, owed AS (
    SELECT o.id, o.unit_id, o.period_id, o.level, COALESCE((
               SELECT x.due_date FROM campaign_extension x
               WHERE x.obligation_id = o.id AND x.at <= %(as_of)s
               ORDER BY x.at DESC, x.id DESC LIMIT 1
           ), o.due_date) AS due
    FROM campaign_obligation o
    LEFT JOIN campaign_reportingperiod p ON p.id = o.period_id
    WHERE o.campaign_id = %(campaign)s AND o.unit_id IN (SELECT id FROM scope)
      AND (o.kind = 'sub_plan'
           OR p.status <> 'planned' AND p.data_to <= %(last)s AND p.opens_on <= %(as_of_day)s)
),
met AS (
    SELECT o.*, COALESCE(r.document_number, plan.document_number, '') AS number,
           LOCAL_DAY(COALESCE(r.first_at, plan.first_at)) AS sent_day
    FROM owed o
    LEFT JOIN report r ON r.period_id = o.period_id AND r.unit_id = o.unit_id
    LEFT JOIN plan ON o.period_id IS NULL AND plan.unit_id = o.unit_id
)
SELECT COALESCE(p.name, ''), u.code,
       CASE WHEN met.level = 'exempt' THEN 'exempt'
            WHEN met.sent_day <= met.due THEN 'on_time'
            WHEN met.sent_day IS NOT NULL THEN 'late'
            WHEN met.due < %(as_of_day)s THEN 'overdue'
            ELSE 'within' END,
       CASE WHEN met.sent_day > met.due THEN DAYS_BETWEEN(met.due, met.sent_day) ELSE 0 END,
       met.number, met.level
FROM met
JOIN units_unit u ON u.id = met.unit_id
LEFT JOIN campaign_reportingperiod p ON p.id = met.period_id
