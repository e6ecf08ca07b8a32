/* A mail in its own frame, as tall as it is. Nothing runs inside the frame; it is measured from here.
 *   <mail-frame>  holds one <iframe>, and maybe a link [data-pictures] to the same mail with its remote pictures
 */
const TALLEST_PX = 1600

export class MailFrame extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const frame = this.querySelector("iframe")!
    frame.addEventListener("load", () => this.#fit(frame), { signal })
    this.addEventListener("click", (event) => this.#pictures(event, frame), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #fit(frame: HTMLIFrameElement) {
    const height = frame.contentDocument?.documentElement.scrollHeight ?? 0
    if (height) frame.style.blockSize = `${Math.min(height + 2, TALLEST_PX)}px`
  }

  #pictures(event: Event, frame: HTMLIFrameElement) {
    const link = (event.target as Element).closest<HTMLAnchorElement>("[data-pictures]")
    if (!link) return
    event.preventDefault()
    frame.src = link.href
    link.parentElement!.remove()
  }
}
customElements.define("mail-frame", MailFrame)
