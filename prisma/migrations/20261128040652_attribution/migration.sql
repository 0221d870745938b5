-- CreateTable
CREATE TABLE "ref_code" (
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ref_code_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "attribution" (
    "customer_id" UUID NOT NULL,
    "which" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "event_key" TEXT NOT NULL,
    "source" TEXT,
    "medium" TEXT,
    "campaign" TEXT,
    "content" TEXT,
    "term" TEXT,
    "ref" TEXT,
    "lp_variant" TEXT,

    CONSTRAINT "attribution_pkey" PRIMARY KEY ("customer_id","which")
);

-- CreateIndex
CREATE INDEX "attribution_which_source_idx" ON "attribution"("which", "source");

-- CreateIndex
CREATE INDEX "attribution_which_lp_variant_idx" ON "attribution"("which", "lp_variant");

-- CreateIndex
CREATE INDEX "attribution_which_ref_idx" ON "attribution"("which", "ref");

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
