-- Phụ lục III: whom the reports of the window that count name.
SELECT x.name, u.name, p.name
FROM campaign_exemplar x
JOIN report r ON r.id = x.report_id AND r.data_to BETWEEN %(first)s AND %(last)s
JOIN units_unit u ON u.id = r.unit_id
JOIN campaign_reportingperiod p ON p.id = r.period_id
WHERE u.id IN (SELECT id FROM scope)
ORDER BY x.kind, u.sort_order, p.data_to, x.id
