/* <print-page hidden><button>…</button></print-page>: a button that prints, shown only where a script can. */
export class PrintPage extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.querySelector("button")?.addEventListener("click", () => window.print())
  }
}

customElements.define("print-page", PrintPage)
