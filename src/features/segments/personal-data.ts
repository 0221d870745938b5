import { ownRows } from '../../platform/personal-data.ts'

/** In which segments a customer is, and which they are about to enter or leave. */
export const personalData = ownRows([{ name: 'segment_member' }, { name: 'segment_change' }])
