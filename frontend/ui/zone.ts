/* The reader's own time zone, told to the pages that say when people are back: in a cookie that lasts as long as the
 * browser is open.
 *   <zone-note data-zone="Asia/Seoul" hidden>  names the zone of the hours before it; shown where clocks differ from the
 *      reader's, or their browser hides where they are. Without it the style shows it (rail.css).
 */
export const HIDDEN = /^(?:(?:Etc\/)?(?:UTC|GMT|Universal|Zulu|UCT)|)$/

/* An IANA name; "" where the browser has none. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""

function remember(zone: string) {
  if (zone && !document.cookie.split("; ").includes(`zone=${zone}`)) document.cookie = `zone=${zone}; path=/; samesite=lax`
}
remember(ownZone())

function clockIn(zone: string, now: Date): string {
  return now.toLocaleString("sv", { timeZone: zone, dateStyle: "short", timeStyle: "short" })
}

class ZoneNote extends HTMLElement {
  connectedCallback() {
    const own = ownZone()
    const now = new Date()
    this.hidden = !HIDDEN.test(own) && clockIn(own, now) === clockIn(this.dataset.zone!, now)
  }
}
customElements.define("zone-note", ZoneNote)
