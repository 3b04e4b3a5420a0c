// The page in a browser: requests go to the server that delivered it.
import { mount } from "./coding.js";

async function call(request) {
  const answer = await fetch("api", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

mount(document.getElementById("coding"), call);
