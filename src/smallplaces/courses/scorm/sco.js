/* Tells the learning system what was done: SCORM 1.2, through the API object that the system puts into a frame above. */
(function () {
  "use strict";
  var began = Date.now(), open = false, api = null;
  var form = document.getElementById("quiz-form"), said = document.getElementById("said");

  function find(where) {
    for (var step = 0; where && step < 12; step += 1) {
      try { if (where.API) { return where.API; } } catch (error) { return null; }
      if (where === where.parent) { break; }
      where = where.parent;
    }
    return null;
  }
  function set(name, value) { if (open) { api.LMSSetValue(name, String(value)); } }
  function get(name) { return open ? String(api.LMSGetValue(name)) : ""; }
  function keep() { if (open) { api.LMSCommit(""); } }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function spent() {
    var seconds = Math.floor((Date.now() - began) / 1000);
    return ("000" + Math.min(9999, Math.floor(seconds / 3600))).slice(-4) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
  }
  function say(text) { said.textContent = text; }

  api = find(window) || (window.opener ? find(window.opener) : null);
  open = !!api && String(api.LMSInitialize("")) === "true";
  if (!open) { say(document.body.dataset.noSystem); }
  var status = get("cmi.core.lesson_status");
  if (status === "not attempted" || status === "" || status === "unknown") { set("cmi.core.lesson_status", "incomplete"); keep(); }

  var read = document.getElementById("read");
  if (read) {
    read.addEventListener("click", function () {
      set("cmi.core.lesson_status", "completed");
      keep();
      if (open) { say(document.body.dataset.kept); }
    });
  }

  function mark(event) {
    event.preventDefault();
    var questions = form.querySelectorAll("fieldset"), right = 0, unanswered = false;
    questions.forEach(function (question) { if (!question.querySelector(":checked")) { unanswered = true; } });
    if (unanswered) { say(document.body.dataset.unanswered); return; }
    var first = parseInt(get("cmi.interactions._count"), 10) || 0;
    questions.forEach(function (question, index) {
      var good = true, chosen = [], pattern = [];
      question.querySelectorAll("input").forEach(function (input, place) {
        var letter = String.fromCharCode(97 + place), wanted = input.dataset.right === "true";
        if (input.checked) { chosen.push(letter); }
        if (wanted) { pattern.push(letter); }
        if (wanted !== input.checked) { good = false; }
        input.disabled = true;
      });
      question.querySelectorAll(".why").forEach(function (why) { why.hidden = false; });
      var verdict = question.querySelector(".verdict");
      verdict.textContent = good ? document.body.dataset.right : document.body.dataset.wrong;
      right += good ? 1 : 0;
      var name = "cmi.interactions." + (first + index) + ".";
      set(name + "id", document.body.dataset.lesson + "-" + (index + 1));
      set(name + "type", "choice");
      set(name + "correct_responses.0.pattern", pattern.join(","));
      set(name + "student_response", chosen.join(","));
      set(name + "result", good ? "correct" : "wrong");
    });
    var score = Math.round(100 * right / questions.length);
    set("cmi.core.score.min", 0);
    set("cmi.core.score.max", 100);
    set("cmi.core.score.raw", score);
    set("cmi.core.lesson_status", score >= Number(document.body.dataset.pass) ? "passed" : "failed");
    keep();
    say(document.body.dataset.score.replace("{right}", right).replace("{all}", questions.length));
    document.getElementById("send").hidden = true;
    document.getElementById("again").hidden = false;
  }
  function again() {
    form.reset();
    form.querySelectorAll("input").forEach(function (input) { input.disabled = false; });
    form.querySelectorAll(".why").forEach(function (why) { why.hidden = true; });
    form.querySelectorAll(".verdict").forEach(function (verdict) { verdict.textContent = ""; });
    document.getElementById("send").hidden = false;
    document.getElementById("again").hidden = true;
    say("");
  }
  if (form) { form.addEventListener("submit", mark); document.getElementById("again").addEventListener("click", again); }

  window.addEventListener("pagehide", function () {
    if (!open) { return; }
    set("cmi.core.session_time", spent());
    keep();
    api.LMSFinish("");
    open = false;
  });
}());
