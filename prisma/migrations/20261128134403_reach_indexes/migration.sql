-- Some seconds at a million customers, in which identities and consents can be read, not written; events are left alone.

-- CreateIndex
CREATE INDEX "consent_change_newest" ON "consent_change"("purpose", "customer_id", "at" DESC, "id" DESC, "status");

-- CreateIndex
CREATE INDEX "identity_on_line" ON "identity"("customer_id") WHERE ((channel = 'line'::text) AND (blocked_at IS NULL));
