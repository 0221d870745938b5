-- DropIndex
DROP INDEX "timer_due_at_idx";

-- CreateIndex
CREATE INDEX "timer_due_at_id_idx" ON "timer"("due_at", "id");
