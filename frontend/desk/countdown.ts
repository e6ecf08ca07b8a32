/* How long a reply can still be taken back. Without it the words say "in a moment".
 *   <desk-countdown data-at="ISO moment" data-words="… {n} …" data-now="…">
 */
export class DeskCountdown extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.#say()
    this.#timer = window.setInterval(() => this.#say(), 250)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  #say() {
    const left = Math.ceil((Date.parse(this.dataset.at!) - Date.now()) / 1000)
    const words = left > 0 ? this.dataset.words!.replace("{n}", String(left)) : this.dataset.now!
    if (this.textContent !== words) this.textContent = words
  }
}
customElements.define("desk-countdown", DeskCountdown)
