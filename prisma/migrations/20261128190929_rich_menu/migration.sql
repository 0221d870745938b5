-- CreateTable
CREATE TABLE "rich_menu" (
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "locale" TEXT NOT NULL,
    "tiers" TEXT[],
    "hash" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rich_menu_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "rich_menu_link" (
    "identity_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "line_id" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rich_menu_link_pkey" PRIMARY KEY ("identity_id")
);

-- CreateIndex
CREATE INDEX "rich_menu_link_customer_id_idx" ON "rich_menu_link"("customer_id");

-- CreateIndex
CREATE INDEX "rich_menu_link_line_id_idx" ON "rich_menu_link"("line_id");
