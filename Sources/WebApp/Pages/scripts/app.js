// Puts the page together: the address says what is shown, and everything follows it.

import * as address from "./address.js";
import * as health from "./health.js";
import * as intake from "./intake.js";
import * as library from "./library.js";
import * as search from "./search.js";
import * as uploads from "./uploads.js";
import * as viewer from "./viewer.js";

function follow({ query, photo }) {
  search.show(query);
  library.show(query);
  viewer.show(photo);
}

let soon = 0;
library.onContentChange(() => {
  clearTimeout(soon);
  soon = setTimeout(search.refreshLabels, 400);
});

library.onListed(viewer.followGrid);
address.onChange(follow);
intake.listen(uploads.add);
health.onReturn(search.refreshLabels);
health.check();
follow(address.read());
