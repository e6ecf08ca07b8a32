/* Pushes in this browser, turned on and off. Without it the words inside say that scripts are needed.
 *   <desk-push data-key data-url data-worker>
 *     data-key     the site's public key; data-url where subscriptions go; data-worker the service worker
 *     [data-said]  one paragraph a state: unasked, on, denied, cannot, failed
 *     [data-act]   buttons: on, off
 */
import { post } from "./page.ts"

type State = "unasked" | "on" | "denied" | "cannot" | "failed"

const TOLD = "push-told"

async function tell(url: string, subscription: PushSubscription, more: Record<string, string> = {}): Promise<boolean> {
  const { endpoint = "", keys = {} } = subscription.toJSON()
  return (await post(url, { endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "", ...more })).ok
}

export class DeskPush extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-act]"))
      button.addEventListener("click", () => void this.#press(button), { signal })
    void this.#look()
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  async #look() {
    if (!("serviceWorker" in navigator && "PushManager" in window)) return this.#show("cannot")
    if (Notification.permission === "denied") return this.#show("denied")
    const registration = await navigator.serviceWorker.getRegistration("/desk/")
    const there = await registration?.pushManager.getSubscription()
    if (!there) return this.#show("unasked")
    // Whoever is signed in here now has this browser from now on.
    this.#show((await tell(this.dataset.url!, there)) ? "on" : "failed")
  }

  async #press(button: HTMLButtonElement) {
    button.disabled = true
    try {
      this.#show(await (button.dataset.act === "on" ? this.#turnOn() : this.#turnOff()))
    } catch {
      this.#show(Notification.permission === "denied" ? "denied" : "failed")
    } finally {
      button.disabled = false
    }
  }

  async #turnOn(): Promise<State> {
    if ((await Notification.requestPermission()) !== "granted") return Notification.permission === "denied" ? "denied" : "unasked"
    await navigator.serviceWorker.register(this.dataset.worker!, { scope: "/desk/" })
    const { pushManager } = await navigator.serviceWorker.ready
    // One made with another key would be refused for ever.
    await (await pushManager.getSubscription())?.unsubscribe()
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.dataset.key! })
    return (await tell(this.dataset.url!, made)) ? "on" : "failed"
  }

  async #turnOff(): Promise<State> {
    const registration = await navigator.serviceWorker.getRegistration("/desk/")
    const there = await registration?.pushManager.getSubscription()
    if (there) {
      await tell(this.dataset.url!, there, { ended: "1" })
      await there.unsubscribe()
    }
    return "unasked"
  }

  #show(state: State) {
    for (const words of this.querySelectorAll<HTMLElement>("[data-said]")) words.hidden = words.dataset.said !== state
    for (const button of this.querySelectorAll<HTMLElement>("[data-act]"))
      button.hidden = button.dataset.act === "on" ? !["unasked", "failed"].includes(state) : state !== "on"
  }
}
customElements.define("desk-push", DeskPush)

/* The worker makes the desk an app, with or without pushes. A browser that has them tells so after each sign-in, once. */
async function begin() {
  const registration = await navigator.serviceWorker.register("/desk/worker.js", { scope: "/desk/" })
  const { session = "", push = "" } = document.querySelector<HTMLElement>("desk-bell[data-session]")?.dataset ?? {}
  const there = await registration.pushManager?.getSubscription()
  if (!there || localStorage.getItem(TOLD) === session) return
  if (await tell(push, there)) localStorage.setItem(TOLD, session)
}
if ("serviceWorker" in navigator && document.querySelector("link[rel=manifest]")) begin().catch(() => undefined)
