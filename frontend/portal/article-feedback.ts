/* "Was this helpful?" in place. Without it the two answers are links to a page with the same form.
 *   <article-feedback data-url="…/feedback" data-sorry="…">
 *      holds [data-verdict=yes|no] links, a hidden <form data-part="reason">, and [data-part=thanks|question]
 * The verdict is sent at once; a reason, if given, replaces it. One is sent after the other: the first answer brings
 * the cookie by which the second is known to be the same reader's.
 */
import { post } from "../ui/token.ts"
import { toast } from "../ui/toast.ts"
import { asksNothing } from "../ui/tried.ts"

export class ArticleFeedback extends HTMLElement {
  #leaving = new AbortController()
  #sent: Promise<void> = Promise.resolve()

  connectedCallback() {
    this.#leaving = new AbortController()
    this.addEventListener("click", this.#judged, { signal: this.#leaving.signal })
    this.addEventListener("submit", this.#explained, { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #part(name: string) {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`)!
  }

  #judged = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-verdict]")
    if (!link || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    const isHelpful = link.dataset.verdict === "yes"
    for (const each of this.querySelectorAll("[data-verdict]"))
      each.setAttribute("aria-pressed", String(each === link))
    this.#part("reason").hidden = isHelpful
    this.#part("thanks").hidden = !isHelpful
    if (isHelpful) asksNothing()
    if (isHelpful) this.#part("thanks").focus()
    else this.#part("reason").querySelector<HTMLElement>("input")?.focus()
    const fields = new FormData()
    fields.set("helpful", isHelpful ? "yes" : "no")
    this.#sent = this.#sent.then(() => this.#send(fields))
  }

  #explained = (event: SubmitEvent) => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    fields.set("helpful", "no")
    this.#part("reason").hidden = true
    this.#part("thanks").hidden = false
    this.#part("thanks").focus()
    this.#sent = this.#sent.then(() => this.#send(fields))
  }

  async #send(fields: FormData) {
    try {
      const answer = await post(this.dataset.url!, fields)
      if (answer.ok) return
    } catch {
      // Said below, with the way to try again still on the page.
    }
    for (const each of this.querySelectorAll("[data-verdict]")) each.removeAttribute("aria-pressed")
    this.#part("thanks").hidden = true
    toast(this.dataset.sorry ?? "")
  }
}
customElements.define("article-feedback", ArticleFeedback)
