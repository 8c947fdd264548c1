-- Phụ lục II: each work once, by the unit that leads it. Registered by a plan that counts, or added
-- during the campaign and not given up; what was finished after the cut-off still goes on.
, registered AS (
    SELECT w.key, w.title, COALESCE(w.lead_unit_id, plan.unit_id) AS lead_id
    FROM campaign_plannedactivity w JOIN plan ON plan.id = w.sub_plan_id
    WHERE w.kind = 'work'
),
work AS (
    SELECT a.title, a.lead_unit_id AS lead_id,
           CASE WHEN a.status = 'done' AND a.done_on > %(as_of_day)s THEN 'running'
                ELSE a.status END AS status,
           CASE WHEN a.done_on <= %(as_of_day)s THEN a.done_on END AS done_on,
           CASE WHEN a.key IN (SELECT key FROM registered) THEN 1 ELSE 0 END AS is_registered
    FROM campaign_activity a
    WHERE a.campaign_id = %(campaign)s AND a.kind = 'work' AND a.same_as_id IS NULL
      AND a.added_at <= %(as_of)s
      AND (a.key IN (SELECT key FROM registered)
           OR a.registration_id IS NULL AND a.status <> 'cancelled')
    UNION ALL
    SELECT r.title, r.lead_id, 'planned', NULL, 1
    FROM registered r
    WHERE NOT EXISTS (
        SELECT 1 FROM campaign_activity a
        WHERE a.key = r.key AND a.campaign_id = %(campaign)s AND a.kind = 'work'
          AND a.added_at <= %(as_of)s
    )
)
SELECT work.title, u.name,
       CASE work.status WHEN 'planned' THEN 'Chưa thực hiện' WHEN 'running' THEN 'Đang thực hiện'
            WHEN 'done' THEN 'Đã hoàn thành' WHEN 'postponed' THEN 'Tạm hoãn'
            ELSE 'Đã hủy' END,
       work.done_on, work.is_registered
FROM work JOIN units_unit u ON u.id = work.lead_id
WHERE work.lead_id IN (SELECT id FROM scope)
ORDER BY u.sort_order, work.title
