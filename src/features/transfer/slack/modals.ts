import type { ModalView } from '@slack/types'
import type { Locale } from '../../../core/locale.ts'
import { fileInput, input, modal, radioButtons, section } from '../../../platform/slack/index.ts'
import { KINDS } from '../rules/fields.ts'
import { UPLOAD_TYPES } from '../rules/upload.ts'
import type { Upload } from '../store/uploads.ts'
import { TEXTS } from '../texts.ts'
import { errorLines } from './error-text.ts'
import { ACTION, FIELD } from './ids.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** Asks for the file, and what is in it. */
export function bringModal(locale: Locale): ModalView {
  const texts = STAFF_TEXTS[locale]
  const choices = KINDS.map((kind) => ({ text: TEXTS[locale].kinds[kind], value: kind }))
  return modal({
    ...{ callbackId: ACTION.bring, title: texts.title, submit: texts.send, close: texts.cancel },
    blocks: [
      input({
        ...{ blockId: FIELD.kind, label: texts.kind, hint: texts.kindHint },
        element: radioButtons({ actionId: 'value', choices, initial: 'customers' })
      }),
      input({
        ...{ blockId: FIELD.file, label: texts.file, hint: texts.fileHint },
        element: fileInput({ actionId: 'value', types: UPLOAD_TYPES })
      })
    ]
  })
}

/** Lines that stand in one block, well within its 3,000 characters. */
const LINES_OF_BLOCK = 15
const LINES_SHOWN = 150

/** The rows of a file that cannot be taken, and what to do about each. */
export function faultsModal(upload: Upload, locale: Locale): ModalView {
  const texts = STAFF_TEXTS[locale]
  const lines = errorLines(upload, locale, LINES_SHOWN)
  const blocks = Array.from({ length: Math.ceil(lines.length / LINES_OF_BLOCK) }, (_, index) =>
    section(lines.slice(index * LINES_OF_BLOCK, (index + 1) * LINES_OF_BLOCK).join('\n'))
  )
  const left = upload.failed - lines.length
  return modal({
    ...{ callbackId: ACTION.faults, title: texts.faultsTitle, close: texts.close },
    blocks: [...blocks, section(left > 0 ? texts.moreFaults(left) : texts.again)]
  })
}
