import { addDownloads } from './add-downloads.js';
import { enlivenHeatMaps } from './heat-maps.js';

// The page is whole without this: what is added here makes it handier.
for (const figure of document.querySelectorAll('figure')) {
  addDownloads(figure);
  enlivenHeatMaps(figure);
}
