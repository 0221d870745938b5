#!/bin/sh
# Stands in for the native schema engine where only `prisma generate` is run. Must fail: success would look like work done.
echo "prisma: the native schema engine is not used here; see npm run db -- --help" >&2
exit 1
