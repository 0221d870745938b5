-- CreateTable
CREATE TABLE "rights_request" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "asked_for" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "detail_sealed" TEXT,
    "detail_cause" TEXT,
    "reason_sealed" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "run_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "cause" TEXT NOT NULL,

    CONSTRAINT "rights_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "rights_request_number_key" ON "rights_request"("number");

-- CreateIndex
CREATE UNIQUE INDEX "rights_request_customer_id_cause_key" ON "rights_request"("customer_id", "cause");
