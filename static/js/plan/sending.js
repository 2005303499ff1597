// One save as one request. Throws where there is no answer; otherwise { status, … } of the server's own words.

export class Sending {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async save(box, { leaving = false } = {}) {
    const body = new URLSearchParams({ part: box.part.name, id: box.part.id, field: box.name, version: box.part.version });
    for (const value of box.values()) body.append("value", value);
    const answer = await this.post(body, leaving);
    if (answer.status !== 403 || leaving) return answer;
    // Signing in again in another tab made this page's form token old: ask for a fresh one, once.
    const person = await this.whoIsThere();
    return person.status === 200 ? this.post(body, false) : person;
  }

  async post(body, leaving) {
    const response = await fetch(this.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.token, Accept: "application/json" },
      // Browsers let a request outlive its page up to 64 kB.
      keepalive: leaving && body.toString().length < 60000,
    });
    return read(response);
  }

  async whoIsThere() {
    const answer = await read(await fetch(this.url, { headers: { Accept: "application/json" } }));
    if (answer.status === 200) this.token = answer.token;
    return answer;
  }
}

async function read(response) {
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  return { ...(isJson ? await response.json() : {}), status: response.status };
}
