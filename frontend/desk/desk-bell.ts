/* How many notifications are unread and which mailbox fails, true while a page stands open. Without it the count is that of the last page.
 *   <desk-bell data-stream data-counts>  around the link with [data-count=notices]
 *     data-stream  token of what concerns this colleague alone; listened to only where the page has no stream of its own; "" where nothing is to be heard
 *     data-counts  where counts and a fresh token come from
 */
import { Live } from "./live.ts"
import { askCounts, freshToken } from "./page.ts"

const WITH_STREAM = "desk-list[data-stream]:not([data-stream='']), desk-conversation, desk-board"

export class DeskBell extends HTMLElement {
  #live?: Live

  connectedCallback() {
    // The page's own stream carries the same, and its element counts.
    if (!this.dataset.stream || document.querySelector(WITH_STREAM)) return
    const counts = this.dataset.counts!
    this.#live = new Live(this.dataset.stream, () => freshToken(counts), (name) => {
      if (name === "noticed" || name === "missed" || name === "mailbox") void askCounts(counts, name === "mailbox")
    })
  }

  disconnectedCallback() {
    this.#live?.end()
  }
}
customElements.define("desk-bell", DeskBell)
