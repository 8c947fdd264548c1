-- Phụ lục I: each indicator with what was registered, the period's increments, the running total,
-- corrections brought in and taken away (all in hundredths), and how many units said what.
, amount AS (  -- one line per number that is told: which indicator, of which place, what it adds to
    SELECT f.indicator_id,
           CASE WHEN i.aggregate = 'distinct' AND f.activity_id IS NOT NULL
                THEN COALESCE(NULLIF(e.beneficiary_key, ''), 'activity ' || e.id) END AS place,
           CASE WHEN r.data_to >= %(first)s THEN CAST(ROUND(f.value * 100) AS INTEGER) ELSE 0 END
               AS in_period,
           CAST(ROUND(f.value * 100) AS INTEGER) AS cumulative,
           0 AS brought, 0 AS taken
    FROM campaign_figure f
    JOIN report r ON r.id = f.report_id AND r.data_to <= %(last)s
    JOIN campaign_indicator i ON i.id = f.indicator_id
    LEFT JOIN scoped_event e ON e.id = f.activity_id
    WHERE f.answer = 'value'
      AND (e.id IS NOT NULL
           OR f.activity_id IS NULL AND r.unit_id IN (SELECT id FROM scope))
    UNION ALL
    SELECT c.indicator_id,
           CASE WHEN i.aggregate = 'distinct' AND c.activity_id IS NOT NULL
                THEN COALESCE(NULLIF(e.beneficiary_key, ''), 'activity ' || e.id) END,
           CASE WHEN r.data_to BETWEEN %(first)s AND %(last)s
                THEN CAST(ROUND(c.difference * 100) AS INTEGER) ELSE 0 END,
           CASE WHEN r.data_to <= %(last)s
                THEN CAST(ROUND(c.difference * 100) AS INTEGER) ELSE 0 END,
           CASE WHEN r.data_to BETWEEN %(first)s AND %(last)s
                 AND NOT about.data_to BETWEEN %(first)s AND %(last)s
                THEN CAST(ROUND(c.difference * 100) AS INTEGER) ELSE 0 END,
           CASE WHEN about.data_to BETWEEN %(first)s AND %(last)s
                 AND NOT r.data_to BETWEEN %(first)s AND %(last)s
                THEN CAST(ROUND(c.difference * 100) AS INTEGER) ELSE 0 END
    FROM campaign_adjustment c
    JOIN report r ON r.id = c.report_id
    JOIN campaign_reportingperiod about ON about.id = c.period_id
    JOIN campaign_indicator i ON i.id = c.indicator_id
    LEFT JOIN scoped_event e ON e.id = c.activity_id
    WHERE e.id IS NOT NULL
       OR c.activity_id IS NULL AND r.unit_id IN (SELECT id FROM scope)
),
added AS (  -- plainly, but a place counts once where anything is left of it
    SELECT indicator_id, SUM(in_period) AS in_period, SUM(cumulative) AS cumulative,
           SUM(brought) AS brought, SUM(taken) AS taken
    FROM (
        SELECT indicator_id, in_period, cumulative, brought, taken
        FROM amount WHERE place IS NULL
        UNION ALL
        SELECT indicator_id,
               CASE WHEN SUM(in_period) > 0 THEN 100 ELSE 0 END,
               CASE WHEN SUM(cumulative) > 0 THEN 100 ELSE 0 END,
               SUM(brought), SUM(taken)
        FROM amount WHERE place IS NOT NULL GROUP BY indicator_id, place
    ) lines
    GROUP BY indicator_id
),
registered_work AS (  -- each work once: the activity it became, or the promise itself
    SELECT a.id AS activity_id, w.id AS planned_id, COALESCE(w.lead_unit_id, plan.unit_id) AS lead_id
    FROM campaign_plannedactivity w
    JOIN plan ON plan.id = w.sub_plan_id
    LEFT JOIN campaign_activity a ON a.key = w.key AND a.campaign_id = %(campaign)s
    WHERE w.kind = 'work'
),
registered AS (
    SELECT t.indicator_id, SUM(CAST(ROUND(t.value * 100) AS INTEGER)) AS amount
    FROM campaign_registeredtarget t
    JOIN plan ON plan.id = t.sub_plan_id
    JOIN campaign_indicator i ON i.id = t.indicator_id AND i.aggregate <> 'works'
    WHERE plan.unit_id IN (SELECT id FROM scope)
    GROUP BY t.indicator_id
    UNION ALL
    SELECT i.id, w.number * 100
    FROM campaign_indicator i,
         (SELECT COUNT(*) AS number FROM registered_work
          WHERE activity_id IN (SELECT id FROM scoped_event)
             OR activity_id IS NULL AND lead_id IN (SELECT id FROM scope)) w
    WHERE i.campaign_id = %(campaign)s AND i.aggregate = 'works' AND w.number > 0
),
asking AS (  -- the periods of the window that asked for figures and had opened
    SELECT p.id FROM campaign_reportingperiod p
    WHERE p.campaign_id = %(campaign)s AND p.status <> 'planned' AND p.collects_from IS NOT NULL
      AND p.data_to BETWEEN %(first)s AND %(last)s AND p.opens_on <= %(as_of_day)s
),
told AS (
    SELECT r.id, r.unit_id, r.period_id FROM report r
    WHERE r.period_id IN (SELECT id FROM asking) AND r.unit_id IN (SELECT id FROM scope)
),
owing AS (
    SELECT o.unit_id, o.period_id FROM campaign_obligation o
    WHERE o.period_id IN (SELECT id FROM asking) AND o.level <> 'exempt'
      AND o.unit_id IN (SELECT id FROM scope)
),
asked_unit AS (
    SELECT u.unit_id,
           (SELECT COUNT(*) FROM told t WHERE t.unit_id = u.unit_id) AS sent,
           (SELECT COUNT(*) FROM owing o WHERE o.unit_id = u.unit_id AND NOT EXISTS (
               SELECT 1 FROM told t WHERE t.unit_id = o.unit_id AND t.period_id = o.period_id
           )) AS missing
    FROM (SELECT unit_id FROM told UNION SELECT unit_id FROM owing) u
),
said AS (
    SELECT f.indicator_id, t.unit_id,
           COUNT(DISTINCT CASE WHEN f.answer <> 'unanswered' THEN t.id END) AS answers,
           COUNT(DISTINCT CASE WHEN f.answer = 'value' THEN t.id END) AS valued
    FROM campaign_figure f JOIN told t ON t.id = f.report_id
    GROUP BY f.indicator_id, t.unit_id
),
answer AS (  -- the weakest of a unit's reports speaks for it; what the portal counts nobody is asked
    SELECT i.id AS indicator_id,
           CASE WHEN u.missing > 0 OR u.sent = 0 THEN 'not_sent'
                WHEN i.aggregate IN ('distinct', 'works') THEN 'answered'
                WHEN COALESCE(s.answers, 0) < u.sent THEN 'unanswered'
                WHEN s.valued > 0 THEN 'answered'
                ELSE 'not_applicable' END AS what
    FROM campaign_indicator i
    CROSS JOIN asked_unit u
    LEFT JOIN said s ON s.indicator_id = i.id AND s.unit_id = u.unit_id
    WHERE i.campaign_id = %(campaign)s AND i.is_active
      AND (NOT EXISTS (SELECT 1 FROM campaign_indicator_only_units n WHERE n.indicator_id = i.id)
           OR EXISTS (SELECT 1 FROM campaign_indicator_only_units n
                      WHERE n.indicator_id = i.id AND n.unit_id = u.unit_id))
)
SELECT i.code, g.amount, COALESCE(a.in_period, 0), COALESCE(a.cumulative, 0),
       COALESCE(a.brought, 0), COALESCE(a.taken, 0),
       (SELECT COUNT(*) FROM answer w WHERE w.indicator_id = i.id AND w.what = 'answered'),
       (SELECT COUNT(*) FROM answer w WHERE w.indicator_id = i.id AND w.what = 'not_applicable'),
       (SELECT COUNT(*) FROM answer w WHERE w.indicator_id = i.id AND w.what = 'unanswered'),
       (SELECT COUNT(*) FROM answer w WHERE w.indicator_id = i.id AND w.what = 'not_sent')
FROM campaign_indicator i
LEFT JOIN added a ON a.indicator_id = i.id
LEFT JOIN registered g ON g.indicator_id = i.id
WHERE i.campaign_id = %(campaign)s
  AND (i.is_active OR g.amount IS NOT NULL OR a.in_period <> 0 OR a.cumulative <> 0
       OR a.brought <> 0 OR a.taken <> 0)
ORDER BY i.position, i.id
