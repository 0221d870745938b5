-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "inbox" (
    "id" BIGSERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "body_sealed" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "token" UUID,
    "last_error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "customer_id" UUID,
    "cause" TEXT NOT NULL,
    "payload_sealed" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "token" UUID,
    "last_error" TEXT,
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "outbox_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "result" TEXT NOT NULL DEFAULT 'unknown',
    "status" INTEGER,
    "request_id" TEXT,
    "detail" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timer" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "job" TEXT NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("job","scheduled_at")
);

-- CreateTable
CREATE TABLE "quota_month" (
    "month" TEXT NOT NULL,
    "limit" INTEGER,
    "used" INTEGER NOT NULL DEFAULT 0,
    "pushed_since" INTEGER NOT NULL DEFAULT 0,
    "exhausted_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "quota_month_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "slack_message" (
    "record_type" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slack_message_pkey" PRIMARY KEY ("record_type","record_id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "definition" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "name_sealed" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "external_hash" TEXT NOT NULL,
    "external_sealed" TEXT NOT NULL,
    "profile_at" TIMESTAMPTZ(3),
    "blocked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "shop" TEXT,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_stats" (
    "customer_id" UUID NOT NULL,
    "visits" INTEGER NOT NULL DEFAULT 0,
    "first_visit_at" TIMESTAMPTZ(3),
    "last_visit_at" TIMESTAMPTZ(3),
    "last_nps" INTEGER,
    "last_nps_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_stats_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "customer_tag" (
    "customer_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_tag_pkey" PRIMARY KEY ("customer_id","tag")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "secret_sealed" TEXT NOT NULL,
    "link_key_sealed" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stamp_card" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "programme" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "stamp_card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stamp" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "card_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "shop" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stamp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_grant" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "coupon" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "serial" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_run" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "flow" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "open_key" TEXT,
    "step" TEXT NOT NULL,
    "visit" INTEGER NOT NULL DEFAULT 0,
    "facts_sealed" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "flow_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_response" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "survey" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "score" INTEGER,
    "scored_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_response_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_answer" (
    "id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "number" INTEGER,
    "text_sealed" TEXT,
    "cause" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "open_customer_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "priority" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "assignee_id" TEXT,
    "responded_at" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,
    "outcome" TEXT,
    "note_sealed" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up_reason" (
    "id" UUID NOT NULL,
    "follow_up_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "score" INTEGER,
    "words_sealed" TEXT,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "follow_up_reason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "follow_up_activity" (
    "id" UUID NOT NULL,
    "follow_up_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail_sealed" TEXT,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "follow_up_activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "role_set_by" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric_target" (
    "metric" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "set_by" TEXT NOT NULL,

    CONSTRAINT "metric_target_pkey" PRIMARY KEY ("metric","effective_from")
);

-- CreateIndex
CREATE INDEX "inbox_due" ON "inbox"("run_at", "id") WHERE (state = 'ready');

-- CreateIndex
CREATE INDEX "inbox_busy" ON "inbox"("lease_until") WHERE (state = 'running');

-- CreateIndex
CREATE INDEX "inbox_key" ON "inbox"("key", "occurred_at", "id") WHERE (state = ANY (ARRAY['ready'::text, 'running'::text]));

-- CreateIndex
CREATE INDEX "inbox_kept" ON "inbox"("key", "id") WHERE (state = 'done');

-- CreateIndex
CREATE INDEX "inbox_faulty" ON "inbox"("state") WHERE (state = ANY (ARRAY['dead'::text, 'quarantined'::text]));

-- CreateIndex
CREATE UNIQUE INDEX "inbox_source_event_id_key" ON "inbox"("source", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_seq_key" ON "outbox"("seq");

-- CreateIndex
CREATE INDEX "outbox_due" ON "outbox"("channel", "run_at", "seq") WHERE (state = 'ready');

-- CreateIndex
CREATE INDEX "outbox_busy" ON "outbox"("lease_until") WHERE (state = 'running');

-- CreateIndex
CREATE INDEX "outbox_key" ON "outbox"("key", "seq") WHERE (state = ANY (ARRAY['ready'::text, 'running'::text]));

-- CreateIndex
CREATE INDEX "outbox_waiting" ON "outbox"("state") WHERE (state = ANY (ARRAY['dead'::text, 'parked'::text]));

-- CreateIndex
CREATE INDEX "outbox_customer_id_idx" ON "outbox"("customer_id");

-- CreateIndex
CREATE INDEX "delivery_outbox_id_id_idx" ON "delivery"("outbox_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "timer_name_key" ON "timer"("name");

-- CreateIndex
CREATE INDEX "timer_due_at_idx" ON "timer"("due_at");

-- CreateIndex
CREATE INDEX "slack_message_channel_ts_idx" ON "slack_message"("channel", "ts");

-- CreateIndex
CREATE UNIQUE INDEX "definition_kind_key_version_key" ON "definition"("kind", "key", "version");

-- CreateIndex
CREATE INDEX "identity_customer_id_idx" ON "identity"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_channel_external_hash_key" ON "identity"("channel", "external_hash");

-- CreateIndex
CREATE INDEX "event_customer_id_at_idx" ON "event"("customer_id", "at");

-- CreateIndex
CREATE INDEX "event_name_at_idx" ON "event"("name", "at");

-- CreateIndex
CREATE UNIQUE INDEX "event_customer_id_source_source_id_key" ON "event"("customer_id", "source", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "stamp_card_customer_id_programme_number_key" ON "stamp_card"("customer_id", "programme", "number");

-- CreateIndex
CREATE INDEX "stamp_customer_id_granted_at_idx" ON "stamp"("customer_id", "granted_at");

-- CreateIndex
CREATE UNIQUE INDEX "stamp_card_id_position_key" ON "stamp"("card_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "stamp_customer_id_code_key" ON "stamp"("customer_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "stamp_customer_id_cause_key" ON "stamp"("customer_id", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_grant_serial_key" ON "coupon_grant"("serial");

-- CreateIndex
CREATE INDEX "coupon_grant_customer_id_expires_at_idx" ON "coupon_grant"("customer_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_grant_customer_id_cause_key" ON "coupon_grant"("customer_id", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "flow_run_open_key_key" ON "flow_run"("open_key");

-- CreateIndex
CREATE INDEX "flow_run_customer_id_flow_started_at_idx" ON "flow_run"("customer_id", "flow", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "flow_run_customer_id_flow_cause_key" ON "flow_run"("customer_id", "flow", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "survey_response_run_id_key" ON "survey_response"("run_id");

-- CreateIndex
CREATE INDEX "survey_response_survey_scored_at_idx" ON "survey_response"("survey", "scored_at");

-- CreateIndex
CREATE INDEX "survey_response_customer_id_survey_scored_at_idx" ON "survey_response"("customer_id", "survey", "scored_at");

-- CreateIndex
CREATE INDEX "survey_answer_customer_id_idx" ON "survey_answer"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_answer_response_id_question_key" ON "survey_answer"("response_id", "question");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_number_key" ON "follow_up"("number");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_open_customer_id_key" ON "follow_up"("open_customer_id");

-- CreateIndex
CREATE INDEX "follow_up_customer_id_idx" ON "follow_up"("customer_id");

-- CreateIndex
CREATE INDEX "follow_up_reason_follow_up_id_idx" ON "follow_up_reason"("follow_up_id");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_reason_customer_id_cause_key" ON "follow_up_reason"("customer_id", "cause");

-- CreateIndex
CREATE INDEX "follow_up_activity_follow_up_id_at_idx" ON "follow_up_activity"("follow_up_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "follow_up_activity_follow_up_id_cause_action_key" ON "follow_up_activity"("follow_up_id", "cause", "action");

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_outbox_id_fkey" FOREIGN KEY ("outbox_id") REFERENCES "outbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_stats" ADD CONSTRAINT "customer_stats_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_tag" ADD CONSTRAINT "customer_tag_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stamp" ADD CONSTRAINT "stamp_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "stamp_card"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_answer" ADD CONSTRAINT "survey_answer_response_id_fkey" FOREIGN KEY ("response_id") REFERENCES "survey_response"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up_reason" ADD CONSTRAINT "follow_up_reason_follow_up_id_fkey" FOREIGN KEY ("follow_up_id") REFERENCES "follow_up"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_up_activity" ADD CONSTRAINT "follow_up_activity_follow_up_id_fkey" FOREIGN KEY ("follow_up_id") REFERENCES "follow_up"("id") ON DELETE CASCADE ON UPDATE CASCADE;
