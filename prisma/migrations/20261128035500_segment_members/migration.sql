-- CreateTable
CREATE TABLE "segment_state" (
    "segment" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "calculated_at" TIMESTAMPTZ(3) NOT NULL,
    "people" INTEGER NOT NULL,

    CONSTRAINT "segment_state_pkey" PRIMARY KEY ("segment")
);

-- CreateTable
CREATE TABLE "segment_member" (
    "segment" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_member_pkey" PRIMARY KEY ("segment","customer_id")
);

-- CreateTable
CREATE TABLE "segment_change" (
    "segment" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "enters" BOOLEAN NOT NULL,

    CONSTRAINT "segment_change_pkey" PRIMARY KEY ("segment","customer_id")
);

-- CreateIndex
CREATE INDEX "segment_member_customer_id_idx" ON "segment_member"("customer_id");

-- CreateIndex
CREATE INDEX "segment_change_customer_id_idx" ON "segment_change"("customer_id");

