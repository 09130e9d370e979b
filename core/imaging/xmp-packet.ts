/** How a picture came to be, by the IPTC news codes: made by a model, or a real photo with parts made by one. */
type DigitalSourceType = 'trainedAlgorithmicMedia' | 'compositeWithTrainedAlgorithmicMedia';

export interface Provenance {
  readonly digitalSourceType: DigitalSourceType;
  /** Who or what made it, for people: shown as the credit line by picture viewers. */
  readonly credit: string;
}

/** An XMP segment of a JPEG holds 65,502 bytes; a credit line is words, not a document. */
const MAX_CREDIT_CHARS = 300;

/**
 * Writes the XMP packet that says "made with AI" to programs.
 *
 * Source: IPTC Photo Metadata Standard 2025.1 (Digital Source Type, Credit Line), http://cv.iptc.org/newscodes/digitalsourcetype/
 */
export function xmpPacket({ digitalSourceType, credit }: Provenance): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/${digitalSourceType}"
 photoshop:Credit="${attribute(credit)}"
 xmp:CreatorTool="IDLock"/>
</rdf:RDF>
</x:xmpmeta>`;
}

/** Escapes text for an XML attribute; what XML 1.0 cannot hold (control characters, half pairs) becomes a space. */
function attribute(text: string): string {
  return [...text.toWellFormed()]
    .slice(0, MAX_CREDIT_CHARS)
    .join('')
    .replaceAll(/[^\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}
