-- CreateTable
CREATE TABLE "flow_watermark" (
    "kind" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "done_until" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "after" UUID,

    CONSTRAINT "flow_watermark_pkey" PRIMARY KEY ("kind","flow")
);

-- CreateTable
CREATE TABLE "flow_start" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "segment" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "after" UUID,

    CONSTRAINT "flow_start_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "customer_stats_first_visit_at_idx" ON "customer_stats"("first_visit_at");
