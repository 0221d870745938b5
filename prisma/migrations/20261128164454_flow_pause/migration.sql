-- CreateTable
CREATE TABLE "flow_pause" (
    "flow" TEXT NOT NULL,
    "paused_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_by" TEXT NOT NULL,

    CONSTRAINT "flow_pause_pkey" PRIMARY KEY ("flow")
);
