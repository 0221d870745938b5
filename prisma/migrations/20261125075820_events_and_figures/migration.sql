-- AlterTable
ALTER TABLE "customer_stats" ADD COLUMN     "active_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "amount_30d_yen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "amount_365d_yen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "amount_90d_yen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "amount_yen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "coupons_granted" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "coupons_redeemed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "first_day" DATE,
ADD COLUMN     "first_order_at" TIMESTAMPTZ(3),
ADD COLUMN     "gap_ln_sum" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "gap_mean_days" DOUBLE PRECISION,
ADD COLUMN     "gap_spread_days" DOUBLE PRECISION,
ADD COLUMN     "inquiries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "last_csat" INTEGER,
ADD COLUMN     "last_csat_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_day" DATE,
ADD COLUMN     "last_order_at" TIMESTAMPTZ(3),
ADD COLUMN     "messages_clicked" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "messages_sent" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "negatives" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "orders" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "orders_30d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "orders_365d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "orders_90d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refunded_yen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "visits_30d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "visits_365d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "visits_90d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "windows_on" DATE;

-- CreateTable
CREATE TABLE "likely_duplicate" (
    "customer_a" UUID NOT NULL,
    "customer_b" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "found_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "likely_duplicate_pkey" PRIMARY KEY ("customer_a","customer_b")
);

-- CreateTable
CREATE TABLE "event_key" (
    "key" UUID NOT NULL,

    CONSTRAINT "event_key_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "customer_day" (
    "customer_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "visits" INTEGER NOT NULL DEFAULT 0,
    "first_visit_at" TIMESTAMPTZ(3),
    "last_visit_at" TIMESTAMPTZ(3),
    "orders" INTEGER NOT NULL DEFAULT 0,
    "first_order_at" TIMESTAMPTZ(3),
    "last_order_at" TIMESTAMPTZ(3),
    "amount_yen" BIGINT NOT NULL DEFAULT 0,
    "refunded_yen" BIGINT NOT NULL DEFAULT 0,
    "inquiries" INTEGER NOT NULL DEFAULT 0,
    "negatives" INTEGER NOT NULL DEFAULT 0,
    "nps" INTEGER,
    "nps_at" TIMESTAMPTZ(3),
    "csat" INTEGER,
    "csat_at" TIMESTAMPTZ(3),
    "messages_sent" INTEGER NOT NULL DEFAULT 0,
    "messages_clicked" INTEGER NOT NULL DEFAULT 0,
    "coupons_granted" INTEGER NOT NULL DEFAULT 0,
    "coupons_redeemed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "customer_day_pkey" PRIMARY KEY ("customer_id","day")
);

-- CreateIndex
CREATE INDEX "likely_duplicate_customer_b_idx" ON "likely_duplicate"("customer_b");

-- CreateIndex
CREATE INDEX "customer_stats_windows_on_idx" ON "customer_stats"("windows_on");

-- AddForeignKey
ALTER TABLE "likely_duplicate" ADD CONSTRAINT "likely_duplicate_customer_a_fkey" FOREIGN KEY ("customer_a") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "likely_duplicate" ADD CONSTRAINT "likely_duplicate_customer_b_fkey" FOREIGN KEY ("customer_b") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_day" ADD CONSTRAINT "customer_day_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Events, in partitions by month: the table is made anew, and what it held moves over.
ALTER TABLE "event" RENAME TO "event_before";
ALTER TABLE "event_before" RENAME CONSTRAINT "event_pkey" TO "event_before_pkey";
ALTER TABLE "event_before" RENAME CONSTRAINT "event_customer_id_fkey" TO "event_before_customer_id_fkey";
DROP INDEX "event_customer_id_at_idx";
DROP INDEX "event_name_at_idx";

CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "shop" TEXT,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "properties_sealed" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id", "at")
) PARTITION BY RANGE ("at");

CREATE INDEX "event_customer_id_at_idx" ON "event"("customer_id", "at");
CREATE INDEX "event_name_at_customer_id_idx" ON "event"("name", "at", "customer_id");
ALTER TABLE "event" ADD CONSTRAINT "event_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The net: an event of a month without a partition is never refused.
CREATE TABLE "event_default" PARTITION OF "event" DEFAULT;

-- Makes the partition of a month (UTC) and moves in what the net caught; false when it is there. Partitions are attached,
-- not created in place: that lets events of other months in meanwhile. The locks are taken in the order in which writers
-- come to the tables, so that neither waits for the other in a circle.
CREATE FUNCTION ensure_event_month(day date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first_at timestamptz := date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
    next_at timestamptz := (date_trunc('month', day::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    part text := 'event_' || to_char(day, 'YYYY_MM');
BEGIN
    IF to_regclass(part) IS NOT NULL THEN RETURN false; END IF;
    LOCK TABLE customer IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE event_default IN ACCESS EXCLUSIVE MODE;
    IF to_regclass(part) IS NOT NULL THEN RETURN false; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING ALL, CONSTRAINT within_month CHECK (at >= %L AND at < %L))', part, first_at, next_at);
    EXECUTE format('WITH moved AS (DELETE FROM event_default WHERE at >= %L AND at < %L RETURNING *) INSERT INTO %I SELECT * FROM moved', first_at, next_at, part);
    EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, first_at, next_at);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT within_month', part);
    RETURN true;
END $$;

SELECT ensure_event_month(month) FROM (
    SELECT DISTINCT date_trunc('month', "at" AT TIME ZONE 'UTC')::date AS month FROM "event_before"
    UNION SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + ahead * interval '1 month')::date FROM generate_series(0, 3) AS ahead
) AS months ORDER BY month;

INSERT INTO "event" ("id", "customer_id", "name", "at", "source", "source_id", "shop", "properties", "created_at")
SELECT "id", "customer_id", "name", "at", "source", "source_id", "shop", "properties", "created_at" FROM "event_before";

INSERT INTO "event_key" ("key")
SELECT DISTINCT encode(substring(sha256(convert_to("source", 'UTF8') || '\x00'::bytea || convert_to("source_id", 'UTF8')) FOR 16), 'hex')::uuid
FROM "event_before";

DROP TABLE "event_before";
