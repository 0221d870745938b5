-- AlterTable
ALTER TABLE "coupon_grant" ADD COLUMN     "asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "cost_yen" INTEGER,
ADD COLUMN     "given_by" TEXT,
ADD COLUMN     "given_role" TEXT,
ADD COLUMN     "in_slack" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'held',
ADD COLUMN     "valid_from" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "coupon_redemption" (
    "id" UUID NOT NULL,
    "grant_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "coupon" TEXT NOT NULL,
    "shop" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "staff" TEXT,
    "amount_yen" INTEGER,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "coupon_redemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_count" (
    "coupon" TEXT NOT NULL,
    "granted" INTEGER NOT NULL,
    "used" INTEGER NOT NULL,
    "spent_yen" BIGINT NOT NULL,

    CONSTRAINT "coupon_count_pkey" PRIMARY KEY ("coupon")
);

-- CreateTable
CREATE TABLE "coupon_pause" (
    "coupon" TEXT NOT NULL,
    "paused_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_by" TEXT NOT NULL,

    CONSTRAINT "coupon_pause_pkey" PRIMARY KEY ("coupon")
);

-- CreateIndex
CREATE INDEX "coupon_redemption_grant_id_idx" ON "coupon_redemption"("grant_id");

-- CreateIndex
CREATE INDEX "coupon_redemption_customer_id_at_idx" ON "coupon_redemption"("customer_id", "at");

-- CreateIndex
CREATE INDEX "coupon_redemption_coupon_at_idx" ON "coupon_redemption"("coupon", "at");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_redemption_once" ON "coupon_redemption"("grant_id") WHERE (undone_at IS NULL);

-- CreateIndex
CREATE INDEX "coupon_grant_coupon_state_expires_at_idx" ON "coupon_grant"("coupon", "state", "expires_at");

-- CreateIndex
CREATE INDEX "coupon_grant_goodwill" ON "coupon_grant"("granted_at") WHERE (given_role IS NOT NULL);

-- AddForeignKey
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_redemption_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "coupon_grant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
