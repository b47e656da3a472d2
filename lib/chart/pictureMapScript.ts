/**
 * Runs in the page, once for each map, and draws every map that is not drawn yet on a canvas, with a button for each class
 * above it. Where it does not run, the still picture stays.
 */
export const PICTURE_MAP_SCRIPT = `(function () {
  var TILE = 84, NEAR = 16, STRIDE = 7919;
  function add(parent, kind, style) {
    var element = document.createElement(kind);
    element.style.cssText = style;
    parent.appendChild(element);
    return element;
  }
  function draw(root) {
    var map = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    var still = root.querySelector("img");
    var box = add(root, "div", "position:relative;font:13px system-ui,sans-serif");
    add(box, "div", "font-size:16px;font-weight:600;padding:10px").textContent = map.title;
    var legend = add(box, "div", "display:flex;flex-wrap:wrap;gap:2px 4px;padding:0 6px 6px");
    var canvas = add(box, "canvas", "display:block;width:100%;touch-action:manipulation");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", map.title);
    var tip = add(box, "div", "position:absolute;display:none;pointer-events:none;background:#fff;color:#222;" +
      "border:1px solid #717b8a;border-radius:4px;padding:3px;text-align:center;z-index:1");
    var tile = add(tip, "div", "width:" + TILE + "px;height:" + TILE + "px;background-size:" +
      map.sheet.columns * TILE + "px " + map.sheet.rows * TILE + "px");
    tile.style.backgroundImage = "url(" + map.sheet.source + ")";
    var caption = add(tip, "div", "font-size:12px;padding-top:2px;max-width:" + TILE + "px");
    var view = { x: 0, y: 0, size: 1 }, near = null, first = 0, points = [];
    map.classes.forEach(function (one) {
      one.first = first;
      first += one.places.length / 2;
      for (var i = 0; i < one.places.length / 2; i++) points.push({ one: one, index: i });
      var button = add(legend, "button", "font:inherit;color:inherit;background:none;border:0;padding:4px 6px;cursor:pointer");
      button.innerHTML = '<span aria-hidden="true" style="display:inline-block;width:10px;height:10px;border-radius:5px;' +
        'margin-right:5px;background:' + one.colour + '"></span>' + one.name;
      button.setAttribute("aria-pressed", "true");
      button.onclick = function () {
        one.hidden = !one.hidden;
        button.setAttribute("aria-pressed", String(!one.hidden));
        button.style.textDecoration = one.hidden ? "line-through" : "";
        paint();
      };
    });
    points = points.map(function (_, i) { return points[i * STRIDE % points.length]; }); // no class lies over the others
    var whole = add(legend, "button", "font:inherit;color:inherit;background:none;border:1px solid #717b8a;border-radius:4px;" +
      "padding:3px 8px;cursor:pointer;visibility:hidden");
    whole.textContent = "Whole map";
    whole.onclick = function () { view = { x: 0, y: 0, size: 1 }; paint(); };
    function at(one, index) {
      var margin = 8, width = canvas.clientWidth - 2 * margin, height = canvas.clientHeight - 2 * margin;
      return [margin + (one.places[2 * index] / map.steps - view.x) * view.size * width,
        margin + (one.places[2 * index + 1] / map.steps - view.y) * view.size * height];
    }
    function each(visit) {
      points.forEach(function (point) {
        if (!point.one.hidden) visit(point.one, point.index, at(point.one, point.index));
      });
    }
    function paint() {
      var ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      var pen = canvas.getContext("2d"), size = (width < 500 ? 2 : 3) * Math.min(2, Math.sqrt(view.size));
      pen.scale(ratio, ratio);
      pen.globalAlpha = 0.75;
      each(function (one, i, place) {
        pen.fillStyle = one.colour;
        pen.fillRect(place[0] - size / 2, place[1] - size / 2, size, size);
      });
      whole.style.visibility = view.size > 1 ? "visible" : "hidden";
      if (!near) return void (tip.style.display = "none");
      var place = at(near.one, near.index);
      pen.globalAlpha = 1;
      pen.lineWidth = 2;
      pen.strokeStyle = getComputedStyle(box).color;
      pen.strokeRect(place[0] - 5, place[1] - 5, 10, 10);
      show(place);
    }
    function show(place) {
      var number = near.one.first + near.index, columns = map.sheet.columns;
      tile.style.backgroundPosition = -(number % columns) * TILE + "px " + -Math.floor(number / columns) * TILE + "px";
      caption.innerHTML = near.one.name;
      tip.style.display = "block";
      var left = place[0] + 14 + tip.offsetWidth > canvas.clientWidth ? place[0] - 14 - tip.offsetWidth : place[0] + 14;
      tip.style.left = Math.max(0, left) + "px";
      tip.style.top = canvas.offsetTop + Math.max(0, Math.min(place[1] - 50, canvas.clientHeight - tip.offsetHeight)) + "px";
    }
    function find(event) {
      var frame = canvas.getBoundingClientRect(), best = NEAR * NEAR;
      near = null;
      each(function (one, i, place) {
        var dx = place[0] - (event.clientX - frame.left), dy = place[1] - (event.clientY - frame.top);
        if (dx * dx + dy * dy < best) { best = dx * dx + dy * dy; near = { one: one, index: i }; }
      });
      paint();
    }
    canvas.onpointermove = canvas.onpointerdown = find;
    canvas.onpointerleave = function () { near = null; paint(); };
    canvas.ondblclick = function (event) {
      var frame = canvas.getBoundingClientRect();
      var x = view.x + (event.clientX - frame.left) / frame.width / view.size;
      var y = view.y + (event.clientY - frame.top) / frame.height / view.size;
      var size = Math.min(16, 2 * view.size);
      function start(centre) { return Math.max(0, Math.min(1 - 1 / size, centre - 0.5 / size)); }
      view = { x: start(x), y: start(y), size: size };
      find(event);
    };
    function fit() {
      canvas.style.height = Math.max(280, Math.min(540, 0.72 * box.clientWidth)) + "px";
      paint();
    }
    if (still) still.style.display = "none";
    new ResizeObserver(fit).observe(box);
    fit();
  }
  function drawAll() {
    document.querySelectorAll(".atelier-map:not([data-drawn])").forEach(function (root) {
      root.setAttribute("data-drawn", "");
      draw(root);
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll);
  else drawAll();
})();`;
