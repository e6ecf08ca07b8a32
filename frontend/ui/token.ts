/* The token a POST needs, fetched on first use, so that pages may be served from memory and start no session. */
let token: Promise<string> | undefined

export function csrfToken(): Promise<string> {
  token ??= fetch("/token")
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((body: { token: string }) => body.token)
    .catch((reason) => {
      token = undefined
      throw reason
    })
  return token
}

/* For a token that was refused: the next POST fetches another. */
export function forgetToken() {
  token = undefined
}

/* POST a form's fields; resolves to the response whatever its status, rejects when offline. */
export async function post(url: string, fields: FormData): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: fields,
    headers: { "X-CSRFToken": await csrfToken(), Accept: "application/json" },
  })
}
