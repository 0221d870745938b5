-- CreateTable
CREATE TABLE "customer_attribute" (
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "coarse" TEXT,
    "value_sealed" TEXT,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "told_by" TEXT NOT NULL,

    CONSTRAINT "customer_attribute_pkey" PRIMARY KEY ("customer_id","name")
);

-- CreateIndex
CREATE INDEX "customer_attribute_name_coarse_idx" ON "customer_attribute"("name", "coarse");

-- AddForeignKey
ALTER TABLE "customer_attribute" ADD CONSTRAINT "customer_attribute_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
