-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "counted" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "outbox_uncounted" ON "outbox"("seq") WHERE (channel = 'line'::text AND state = 'done'::text AND outcome = 'pushed'::text AND NOT counted);
