"""Profiles: each customer over all of their closed conversations, made by one statement for some or for all."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from string import Template

from cxdesk.domain import Profile
from cxdesk.store.database import Database

DECAY = 0.7
ESCALATED_ABOVE = 0.4
UNHAPPY_BELOW = -0.3
UNRESOLVED_IN_A_ROW = 3
# The most points of each part of the health score.
MOOD_POINTS, RESOLUTION_POINTS, INDEPENDENCE_POINTS, DRIFT_POINTS = 40, 30, 20, 10

# Sums of floating point numbers depend on their order: rounding makes one customer and all customers agree.
_PROFILES = Template("""
WITH scope AS (SELECT id AS customer_id FROM customers WHERE $scope),
sessions AS (
    SELECT i.*,
        CASE WHEN resolution = 'resolved' AND reopened_at IS NOT NULL THEN 'unresolved' ELSE resolution END AS outcome,
        row_number() OVER (PARTITION BY customer_id ORDER BY closed_at DESC, conversation_id) AS place,
        power($decay, row_number() OVER (
            PARTITION BY customer_id, sentiment IS NULL ORDER BY closed_at DESC, conversation_id) - 1) AS weight
    FROM insights i SEMI JOIN scope USING (customer_id) WHERE asked > 0
),
figures AS (
    SELECT customer_id, count(*) AS sessions, sum(messages) AS messages,
        count(*) FILTER (handoffs > 0) AS escalations,
        round(count(*) FILTER (handoffs > 0) / count(*), 6) AS escalation_rate,
        round(count(*) FILTER (outcome = 'resolved') / count(*), 6) AS resolution_rate,
        round(sum(sentiment * weight) / sum(weight) FILTER (sentiment IS NOT NULL), 6) AS weighted_sentiment,
        round(sum(frustration * weight) / sum(weight) FILTER (frustration IS NOT NULL), 6) AS frustration,
        round(avg(drift), 6) AS average_drift,
        sum(moods_known) AS moods_known, sum(moods_unknown) AS moods_unknown,
        count(*) FILTER (place <= $unresolved_in_a_row AND outcome = 'unresolved') AS unresolved_in_a_row
    FROM sessions GROUP BY customer_id
),
topics AS (
    SELECT customer_id, json_group_object(topic, times) AS topics FROM (
        SELECT customer_id, topic, count(*) AS times
        FROM (SELECT customer_id, unnest(topics) AS topic FROM sessions) GROUP BY ALL
        ORDER BY customer_id, times DESC, topic
    ) GROUP BY customer_id
),
tones AS (
    SELECT customer_id, first(tone ORDER BY times DESC, newest) AS preferred_tone FROM (
        SELECT customer_id, tone, count(*) AS times, min(place) AS newest
        FROM sessions WHERE outcome = 'resolved' AND tone IS NOT NULL GROUP BY ALL
    ) GROUP BY customer_id
),
paid AS (
    SELECT customer_id, status, total,
        from_json(payments, '[{"kind": "VARCHAR", "amount": "DECIMAL(18,4)"}]') AS payments
    FROM orders SEMI JOIN scope USING (customer_id) WHERE currency = ?
),
spend AS (
    SELECT customer_id, sum(CASE
        WHEN len(payments) > 0 THEN list_sum(
            list_transform(payments, lambda p: CASE WHEN p.kind = 'refund' THEN -p.amount ELSE p.amount END))
        WHEN starts_with(lower(status), 'cancel') THEN 0
        ELSE total END)::DECIMAL(18, 4) AS total_spend
    FROM paid GROUP BY customer_id
),
contacts AS (
    SELECT customer_id, min(opened_at) AS first_contact_at, max(updated_at) AS last_contact_at
    FROM conversations SEMI JOIN scope USING (customer_id) GROUP BY customer_id
),
parts AS (
    SELECT *,
        round($mood_points * (weighted_sentiment + 1) / 2, 2) AS mood,
        round($resolution_points * resolution_rate, 2) AS resolution,
        round($independence_points * (1 - escalation_rate), 2) AS independence,
        round($drift_points * (greatest(least(average_drift, 1), -1) + 1) / 2, 2) AS drift
    FROM figures
),
judged AS (
    SELECT *,
        json_object('mood', mood, 'resolution', resolution, 'independence', independence, 'drift', drift) AS parts,
        round(100 * (coalesce(mood, 0) + coalesce(resolution, 0) + coalesce(independence, 0) + coalesce(drift, 0))
            / ($resolution_points + $independence_points
                + CASE WHEN mood IS NULL THEN 0 ELSE $mood_points END
                + CASE WHEN drift IS NULL THEN 0 ELSE $drift_points END), 1) AS score,
        list_filter([
            CASE WHEN escalation_rate > $escalated_above THEN 'escalation rate over 40 %' END,
            CASE WHEN weighted_sentiment < $unhappy_below THEN 'weighted sentiment under -0.3' END,
            CASE WHEN average_drift < 0 THEN 'negative drift' END,
            CASE WHEN unresolved_in_a_row = $unresolved_in_a_row THEN 'three unresolved in a row' END
        ], lambda reason: reason IS NOT NULL) AS risk_reasons
    FROM parts
)
SELECT customer_id,
    coalesce(sessions, 0) AS sessions, coalesce(messages, 0) AS messages, coalesce(escalations, 0) AS escalations,
    escalation_rate, resolution_rate, weighted_sentiment, frustration, average_drift,
    coalesce(moods_known, 0) AS moods_known, coalesce(moods_unknown, 0) AS moods_unknown,
    coalesce(topics, '{}') AS topics, coalesce(total_spend, 0) AS total_spend,
    CASE WHEN total_spend >= ? THEN 'platinum' WHEN total_spend >= ? THEN 'gold' WHEN total_spend >= ? THEN 'silver'
        ELSE 'standard' END AS tier,
    coalesce(len(risk_reasons), 0) > 0 AS at_risk, coalesce(risk_reasons, []) AS risk_reasons, preferred_tone,
    score AS health, coalesce(parts, '{}') AS health_parts,
    first_contact_at, last_contact_at, ?::TIMESTAMP AS rolled_up_at
FROM scope
LEFT JOIN judged USING (customer_id) LEFT JOIN topics USING (customer_id) LEFT JOIN tones USING (customer_id)
LEFT JOIN spend USING (customer_id) LEFT JOIN contacts USING (customer_id)
""")

_DELETE = "DELETE FROM profiles WHERE "


def _profiles(scope: str) -> str:
    return _PROFILES.substitute(
        scope=scope,
        decay=DECAY,
        escalated_above=ESCALATED_ABOVE,
        unhappy_below=UNHAPPY_BELOW,
        unresolved_in_a_row=UNRESOLVED_IN_A_ROW,
        mood_points=MOOD_POINTS,
        resolution_points=RESOLUTION_POINTS,
        independence_points=INDEPENDENCE_POINTS,
        drift_points=DRIFT_POINTS,
    )


class Profiles:
    def __init__(self, database: Database) -> None:
        self._db = database
        self._rolling_up = threading.Lock()

    def roll_up(
        self,
        moment: datetime,
        *,
        currency: str,
        tiers: Mapping[str, Decimal],
        customer_ids: Sequence[str] | None = None,
    ) -> int:
        """Make the profiles of these customers anew, of all when None, and return how many: all of them, or none.

        A customer who is gone loses the profile. `tiers` are the sums from which silver, gold and platinum begin, in
        `currency`; orders in other currencies are left out. Writers wait only while the result is put in place. Not
        for use inside a transaction.
        """
        bounds = [tiers[name] for name in ("platinum", "gold", "silver")]
        with self._rolling_up:  # else an older result could be put in the place of a newer one
            if customer_ids is not None:
                scope, ids = "id IN (SELECT unnest(?))", list(customer_ids)
                return self._replace(
                    "customer_id IN (SELECT unnest(?))", [ids], _profiles(scope), ids, currency, *bounds, moment
                )
            self._db.rows(
                "CREATE OR REPLACE TEMP TABLE fresh_profiles AS " + _profiles("true"), currency, *bounds, moment
            )
            count = self._replace("true", [], "SELECT * FROM fresh_profiles")
            self._db.rows("DROP TABLE fresh_profiles")
        return count

    def _replace(self, replaced: str, keys: list[object], fresh: str, *values: object) -> int:
        """Put the rows of the query `fresh` in the place of those that are `replaced`, all at once."""
        with self._db.transaction():
            self._db.write(_DELETE + replaced, *keys)
            added = self._db.write("INSERT INTO profiles BY NAME " + fresh, *values)
        return int(added[0]["Count"])

    def find(self, customer_id: str) -> Profile | None:
        row = self._db.row("SELECT * FROM profiles WHERE customer_id = ?", customer_id)
        return Profile.model_validate(row) if row else None

    def all(self) -> list[Profile]:
        """Every profile, by customer id."""
        rows = self._db.rows("SELECT * FROM profiles ORDER BY customer_id")
        return [Profile.model_validate(row) for row in rows]

    def at_risk(self, limit: int = 100) -> list[Profile]:
        """Customers at risk, the least healthy first."""
        rows = self._db.rows("SELECT * FROM profiles WHERE at_risk ORDER BY health, customer_id LIMIT ?", limit)
        return [Profile.model_validate(row) for row in rows]

    def stale(self) -> list[str]:
        """Customers of whom something happened since their profile was made, or who have none yet."""
        rows = self._db.rows(
            "WITH touched AS (SELECT customer_id, max(touched_at) AS touched_at FROM ("
            " SELECT customer_id, updated_at AS touched_at FROM conversations"
            " UNION ALL SELECT customer_id, closed_at FROM insights) GROUP BY customer_id)"
            " SELECT id FROM customers JOIN touched ON touched.customer_id = id"
            " LEFT JOIN profiles ON profiles.customer_id = id"
            " WHERE coalesce(touched_at >= rolled_up_at, true) ORDER BY id"
        )
        return [row["id"] for row in rows]
