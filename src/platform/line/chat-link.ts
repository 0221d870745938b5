/** Opens the chat with the account ("@id") in LINE, with the text written already; any QR reader may open it. */
export function chatLink(botId: string, text: string): string {
  return `https://line.me/R/oaMessage/${encodeURIComponent(botId)}/?${encodeURIComponent(text)}`
}

/** LINE's own QR reader, on phones. */
export const QR_READER = 'https://line.me/R/nv/QRCodeReader'
