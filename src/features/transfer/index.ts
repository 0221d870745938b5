export { type ImportOrder, type ImportResult, type ImportSummary, importFile } from './import-file.ts'
export { KINDS, type Kind } from './rules/fields.ts'
export { Mapping } from './rules/mapping.ts'
export { fileFaultText, rowFaultText, TEXTS as TRANSFER_TEXTS } from './texts.ts'
