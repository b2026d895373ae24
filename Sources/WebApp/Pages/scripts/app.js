// Puts the page together: the address says what is shown, and everything follows it.

import * as address from "./address.js";
import * as arrivals from "./arrivals.js";
import * as health from "./health.js";
import * as intake from "./intake.js";
import * as library from "./library.js";
import * as live from "./live.js";
import * as queue from "./queue.js";
import * as renewal from "./renewal.js";
import * as search from "./search.js";
import * as taught from "./taught.js";
import * as untold from "./untold.js";
import * as uploads from "./uploads.js";
import * as viewer from "./viewer.js";
import * as work from "./work.js";

function follow(state) {
  search.show(state.query);
  library.show(state);
  viewer.show(state.photo);
  taught.show(state.labels);
}

let soon = 0;
function refreshLabels() {
  soon ||= setTimeout(() => {
    soon = 0;
    search.refreshLabels();
  }, 500);
}

let left = 0;
queue.onNews(({ waiting, running }) => {
  if (waiting + running < left) refreshLabels();
  left = waiting + running;
});
library.onContentChange(() => {
  refreshLabels();
  queue.hasten();
  untold.soon();
});

taught.onChange(() => {
  library.renew();
  refreshLabels();
});
library.onListed(() => {
  viewer.followGrid();
  arrivals.compare();
});
live.onEvent(({ kind }) => {
  if (kind === "queued") queue.wake();
  else if (kind === "analysed" || kind === "deleted") refreshLabels();
});
address.onChange(follow);
intake.listen(uploads.add);
health.onReturn(search.refreshLabels);
work.listen();
untold.listen();
arrivals.listen();
live.listen();
renewal.listen();
health.check();
follow(address.read());
