import type { Feature } from '../../platform/feature.ts'
import type { SlackFiles } from '../../platform/slack/index.ts'
import { exportRoutes, type MayExport } from './link/routes.ts'
import { personalData } from './personal-data.ts'
import { slackHandlers } from './slack/index.ts'
import { uploadConsumer } from './upload/consume.ts'

export { type ExportSummary, exportAll, type Sink } from './export-all.ts'
export { type ImportOrder, type ImportResult, type ImportSummary, importFile } from './import-file.ts'
export { KINDS, type Kind } from './rules/fields.ts'
export { Mapping } from './rules/mapping.ts'
export { fileFaultText, rowFaultText, TEXTS as TRANSFER_TEXTS } from './texts.ts'

export interface TransferDeps {
  readonly files: SlackFiles
  readonly mayExport: MayExport
}

/** What goes in and out as files: by command, and what managers bring in and take out through Slack. */
export function transferFeature({ files, mayExport }: TransferDeps): Feature {
  return {
    name: 'transfer',
    slack: slackHandlers,
    inbox: [uploadConsumer(files)],
    routes: (app) => exportRoutes(app, mayExport),
    personalData
  }
}
