import { LIMITS, MessageFormError, requireUnits } from './limits.ts'
import { type LineMessage, markChecked } from './message.ts'

/** A picture: a JPEG or PNG of at most 10 MB behind an https address, and a preview of at most 1 MB for the chat. */
export function imageMessage({ url, previewUrl }: { readonly url: string; readonly previewUrl: string }): LineMessage {
  checkImageUrl('originalContentUrl', url)
  checkImageUrl('previewImageUrl', previewUrl)
  return markChecked({ type: 'image', originalContentUrl: url, previewImageUrl: previewUrl })
}

/** Throws unless LINE fetches a picture from this address. */
export function checkImageUrl(field: string, url: string): void {
  requireUnits(field, url, LIMITS.imageUrlUnits)
  if (!url.startsWith('https://')) throw new MessageFormError(field, 'must begin with https://')
}
