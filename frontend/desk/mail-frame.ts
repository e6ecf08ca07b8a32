/* A mail in its own frame, as tall as it is, up to a height; a button shows all of a longer one. Nothing runs inside the
 * frame; it is measured from here.
 *   <mail-frame>  holds one <iframe>, a hidden button [data-whole], and maybe a link [data-pictures] to the same mail with
 *                 its remote pictures
 */
const FOLDED_PX = 640
const TALLEST_PX = 30_000
// A mail may size itself by its frame, and would grow with it for ever.
const MEASURED_MOST = 30

export class MailFrame extends HTMLElement {
  #leaving = new AbortController()
  #watching?: ResizeObserver
  #measured = 0

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const frame = this.querySelector("iframe")!
    frame.addEventListener("load", () => this.#watch(frame), { signal })
    this.addEventListener("click", (event) => this.#pictures(event, frame), { signal })
    this.#whole?.addEventListener("click", () => this.#unfold(frame), { signal })
    if (frame.contentDocument?.readyState === "complete") this.#watch(frame)
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#watching?.disconnect()
  }

  get #whole() {
    return this.querySelector<HTMLButtonElement>("[data-whole]")
  }

  // Pictures arrive and windows change their width after the mail has been loaded.
  #watch(frame: HTMLIFrameElement) {
    this.#watching?.disconnect()
    this.#measured = 0
    const body = frame.contentDocument?.body
    if (!body) return
    this.#watching = new ResizeObserver(() => this.#fit(frame))
    this.#watching.observe(body)
  }

  #fit(frame: HTMLIFrameElement) {
    const page = frame.contentDocument?.documentElement
    const body = frame.contentDocument?.body
    if (!page || !body || !frame.contentWindow || !frame.clientWidth || this.#measured >= MEASURED_MOST) return
    this.#measured += 1
    const style = frame.contentWindow.getComputedStyle(body)
    const scrollbar = frame.contentWindow.innerHeight - page.clientHeight
    const height = Math.ceil(
      body.getBoundingClientRect().height + parseFloat(style.marginTop) + parseFloat(style.marginBottom) + scrollbar,
    )
    const isUnfolded = this.hasAttribute("data-unfolded")
    frame.style.blockSize = `${Math.min(height, isUnfolded ? TALLEST_PX : FOLDED_PX)}px`
    if (this.#whole) this.#whole.hidden = isUnfolded || height <= FOLDED_PX
  }

  #unfold(frame: HTMLIFrameElement) {
    this.toggleAttribute("data-unfolded", true)
    this.#measured = 0
    this.#fit(frame)
    frame.focus()
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
