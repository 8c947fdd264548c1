-- What counts at a cut-off (domain guide §3.2, §3.3). Every other script begins with this.
-- "Counts": the newest version the board had received by then, neither void nor taken back.
WITH
scope AS (
    SELECT u.id
    FROM units_unit u
    WHERE %(block)s = 0
       OR EXISTS (
           SELECT 1 FROM units_blockmembership m
           WHERE m.unit_id = u.id AND m.block_id = %(block)s AND m.year = %(year)s
       )
),
received_report AS (
    SELECT r.id, r.unit_id, r.period_id, r.submitted_at, r.document_number, p.data_to,
           ROW_NUMBER() OVER (PARTITION BY r.period_id, r.unit_id ORDER BY r.version DESC) AS newest,
           MIN(r.submitted_at) OVER (PARTITION BY r.period_id, r.unit_id) AS first_at
    FROM campaign_progressreport r
    JOIN campaign_reportingperiod p ON p.id = r.period_id
    WHERE p.campaign_id = %(campaign)s AND r.submitted_at <= %(as_of)s
      AND r.voided_at IS NULL AND r.status <> 'withdrawn'
),
report AS (SELECT * FROM received_report WHERE newest = 1),
received_plan AS (
    SELECT s.id, s.unit_id, s.submitted_at, s.document_number,
           ROW_NUMBER() OVER (PARTITION BY s.unit_id ORDER BY s.version DESC) AS newest,
           MIN(s.submitted_at) OVER (PARTITION BY s.unit_id) AS first_at
    FROM campaign_subplan s
    WHERE s.campaign_id = %(campaign)s AND s.submitted_at <= %(as_of)s
      AND s.voided_at IS NULL AND s.status <> 'withdrawn'
),
plan AS (SELECT * FROM received_plan WHERE newest = 1),
-- One real activity, whoever registered it: what was folded into another is none.
event AS (
    SELECT a.id, a.key, a.lead_unit_id, a.beneficiary_key
    FROM campaign_activity a
    WHERE a.campaign_id = %(campaign)s AND a.same_as_id IS NULL
),
member AS (
    SELECT e.id AS event_id, e.lead_unit_id AS unit_id FROM event e
    UNION
    SELECT e.id, p.unit_id
    FROM event e JOIN campaign_participation p ON p.activity_id = e.id AND p.state = 'confirmed'
),
scoped_event AS (
    SELECT e.* FROM event e
    WHERE EXISTS (
        SELECT 1 FROM member m JOIN scope ON scope.id = m.unit_id WHERE m.event_id = e.id
    )
)
