/* What a conversation's page and the server say to each other; the shapes of portal/live.py. */
import { forgetToken, post } from "../ui/token.ts"

export interface Snapshot {
  c: string
  boxes: string
  last: number
  asked: string
  pressable: number
  got: { delivered: number; read: number }
  lines: { seq: number; client: string; side: string; html: string }[]
  standing: { kind: string; html: string }
  messages: string
  live: string
  typing: string
  read: string
}

/* The server heard us and said no; the message is a sentence for the reader. seconds: until it takes the same again; 0 where
 * waiting changes nothing. */
export class Refused extends Error {
  override name = "Refused"

  constructor(
    why: string,
    private status = 0,
    readonly seconds = 0,
  ) {
    super(why)
  }

  /* The same thing sent again would be refused again: it is too large, or nothing that is taken here. */
  get isForGood() {
    return this.status === 400 || this.status === 413
  }
}

/* POST and the snapshot it answers. Throws Refused for a no, anything else when nobody answered. */
export async function act(url: string, fields: FormData): Promise<Snapshot> {
  let answer = await post(url, fields)
  if (answer.status === 403) {
    // The token's cookie went away meanwhile: once more with a new one.
    forgetToken()
    answer = await post(url, fields)
  }
  if (answer.status === 204) return undefined as unknown as Snapshot
  if (answer.redirected && !isJson(answer)) {
    // It went on elsewhere, such as a follow-up to a closed request.
    location.assign(answer.url)
    return new Promise(() => {})
  }
  if (answer.status >= 500) throw new Error(String(answer.status))
  const body = isJson(answer) ? await answer.json() : {}
  const { error = "", seconds = 0 } = body as { error?: string; seconds?: number }
  if (!answer.ok) throw new Refused(error, answer.status, seconds)
  return body as Snapshot
}

export async function getSnapshot(url: string, after: number): Promise<Snapshot> {
  const address = new URL(url, location.href)
  address.searchParams.set("after", String(after))
  const answer = await fetch(address, { headers: { Accept: "application/json" } })
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as Snapshot
}

function isJson(answer: Response) {
  return (answer.headers.get("Content-Type") ?? "").includes("json")
}
