-- CreateTable
CREATE TABLE "points_entry" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ref" TEXT,
    "amount_yen" INTEGER,
    "by" TEXT,
    "reason_sealed" TEXT,

    CONSTRAINT "points_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "points_lot" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "remaining" INTEGER NOT NULL,
    "owed" INTEGER NOT NULL DEFAULT 0,
    "expired" INTEGER NOT NULL DEFAULT 0,
    "earned_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "points_lot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "points_entry_customer_id_at_id_idx" ON "points_entry"("customer_id", "at", "id");

-- CreateIndex
CREATE INDEX "points_entry_ref" ON "points_entry"("customer_id", "ref") WHERE (ref IS NOT NULL);

-- CreateIndex
CREATE INDEX "points_entry_staff" ON "points_entry"("by", "at") WHERE (by IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "points_entry_customer_id_cause_key" ON "points_entry"("customer_id", "cause");

-- CreateIndex
CREATE UNIQUE INDEX "points_lot_entry_id_key" ON "points_lot"("entry_id");

-- CreateIndex
CREATE INDEX "points_lot_customer_id_idx" ON "points_lot"("customer_id");

-- CreateIndex
CREATE INDEX "points_lot_due" ON "points_lot"("expires_at") WHERE (remaining > 0);

-- AddForeignKey
ALTER TABLE "points_lot" ADD CONSTRAINT "points_lot_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "points_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- No race and no mistake gives points that were never there.
ALTER TABLE "points_lot" ADD CONSTRAINT "points_lot_bounds" CHECK ("remaining" BETWEEN 0 AND "points" AND "owed" BETWEEN 0 AND "points");
