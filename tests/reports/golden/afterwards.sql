-- Received after the cut-off: told, and counted nowhere.
SELECT u.name, late.what, late.version
FROM (
    SELECT s.unit_id, 'Kế hoạch triển khai' AS what, s.version, s.submitted_at
    FROM campaign_subplan s
    WHERE s.campaign_id = %(campaign)s AND s.submitted_at > %(as_of)s
      AND s.voided_at IS NULL AND s.status <> 'withdrawn'
    UNION ALL
    SELECT r.unit_id, 'Báo cáo ' || p.name, r.version, r.submitted_at
    FROM campaign_progressreport r
    JOIN campaign_reportingperiod p ON p.id = r.period_id
    WHERE p.campaign_id = %(campaign)s AND p.data_to <= %(last)s
      AND r.submitted_at > %(as_of)s AND r.voided_at IS NULL AND r.status <> 'withdrawn'
) late
JOIN units_unit u ON u.id = late.unit_id
WHERE u.id IN (SELECT id FROM scope)
ORDER BY late.submitted_at, u.sort_order, late.what
