/* What is written to somebody outside: kept as a draft of its own. Without it the form works, and keeps nothing until it is sent.
 *   <desk-aside data-number data-draft data-kept… data-redacted data-offline [data-returned]>
 *     holds the form[data-kind][data-revision], with its textarea named text, [data-slot=draft] and [data-slot=moved]
 * What stands in the way of sending is said, and nothing that was typed or chosen is lost.
 */
import { toast } from "../ui/toast.ts"
import { Draft } from "./draft.ts"
import { send } from "./page.ts"

export class DeskAside extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const { number, draft, kept, keptThere, moved, useOther, keepThese, returned, redacted, forgotten } = this.dataset as Record<string, string>
    const words = { kept: kept!, keptThere: keptThere!, moved: moved!, useOther: useOther!, keepThese: keepThese!, forgotten: forgotten! }
    const form = this.querySelector("form")!
    const begun = new Draft(form, draft!, `draft:${number}:${form.dataset.kind}`, words, returned !== undefined, redacted ?? "", signal)
    // What was taken back stands nowhere else: it is a draft at once.
    if (returned !== undefined) form.querySelector("textarea[name=text]")!.dispatchEvent(new Event("input", { bubbles: true }))
    form.addEventListener("submit", (event) => void this.#submit(event, form, begun), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  async #submit(event: SubmitEvent, form: HTMLFormElement, draft: Draft) {
    event.preventDefault()
    if (form.getAttribute("aria-busy") === "true") return
    form.setAttribute("aria-busy", "true")
    await draft.settle()
    try {
      const { answer, page } = await send(form, event.submitter)
      if (!answer.ok) return toast(page.querySelector(".notice [role=alert]")?.textContent?.trim() ?? "")
      draft.sent(undefined)
      location.assign(answer.url)
    } catch {
      toast(this.dataset.offline ?? "")
    } finally {
      form.removeAttribute("aria-busy")
    }
  }
}
customElements.define("desk-aside", DeskAside)
