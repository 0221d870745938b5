import { encode } from 'uqr'

/** Light modules around a QR code: ISO/IEC 18004 asks for four. */
const QUIET_ZONE = 4

/** A QR code as rows of modules, true = dark, with its quiet zone. Error correction M: 15 % of it may be dirty or glare. */
export function qrModules(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: QUIET_ZONE }).data
}

/** A QR code as an SVG image of one path, one unit a module; scales without blur. */
export function qrSvg(text: string): string {
  const rows = qrModules(text)
  const path = rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
  const size = rows.length
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  )
}
