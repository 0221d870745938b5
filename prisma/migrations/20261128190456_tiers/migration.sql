-- CreateTable
CREATE TABLE "customer_tier" (
    "customer_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "since" DATE NOT NULL,
    "kept_until" DATE,
    "due_on" DATE,

    CONSTRAINT "customer_tier_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "tier_change" (
    "customer_id" UUID NOT NULL,
    "lived_as" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "tier" TEXT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "before" TEXT,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "gift_at" TIMESTAMPTZ(3),

    CONSTRAINT "tier_change_pkey" PRIMARY KEY ("lived_as","number")
);

-- CreateIndex
CREATE INDEX "customer_tier_due_on_idx" ON "customer_tier"("due_on");

-- CreateIndex
CREATE INDEX "tier_change_customer_id_at_idx" ON "tier_change"("customer_id", "at");

-- AddForeignKey
ALTER TABLE "customer_tier" ADD CONSTRAINT "customer_tier_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_change" ADD CONSTRAINT "tier_change_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
