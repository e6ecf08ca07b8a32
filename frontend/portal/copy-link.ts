/* Copies an address. Without it the link inside is an ordinary link to the same place.
 *   <copy-link data-done="Copied">  holds one <a>
 */
import { toast } from "../ui/toast.ts"

export class CopyLink extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    this.addEventListener("click", this.#copy, { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #copy = async (event: MouseEvent) => {
    const link = (event.target as Element).closest("a")
    if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    await navigator.clipboard.writeText(link.href)
    toast(this.dataset.done ?? "")
  }
}
customElements.define("copy-link", CopyLink)
