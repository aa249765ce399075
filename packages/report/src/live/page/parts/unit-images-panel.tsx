import { formatNumber } from '../../../html/format.js';
import { label } from '../../../html/label.js';
import type { UnitImages } from '../../api.js';
import { pathOf } from '../data/api-paths.js';
import { useResource } from '../data/resources.js';
import { Panel } from './panel.js';
import { PictureCanvas } from './picture-canvas.js';

interface UnitImagesPanelProps {
  readonly run: string;
  readonly site: string;
  readonly unit: number;
}

/** What a unit looks for: its weights where its input is an image, and the inputs that fire it most. */
export function UnitImagesPanel({ run, site, unit }: UnitImagesPanelProps) {
  const state = useResource<UnitImages>(pathOf(run, 'unit-images', { site, unit: String(unit) }));
  const { data } = state;
  return (
    <Panel title="What it looks for" state={state}>
      {data?.note && (
        <p class="note">
          <bdi>{label(data.note, 400)}</bdi>
        </p>
      )}
      {data?.filter && (
        <figure class="pictures">
          <PictureCanvas picture={data.filter} label={`Weights of unit ${unit} as an image`} />
          <figcaption>Its weights: grey is 0.</figcaption>
        </figure>
      )}
      {data && data.strongest.length > 0 && (
        <>
          <h3>Inputs that fire it most</h3>
          <ul class="pictures">
            {data.strongest.map(({ image, label: name, output, picture }) => (
              <li key={image}>
                <PictureCanvas picture={picture} label={`Image ${image} of the probe split, class ${name}`} />
                <p>
                  {formatNumber(output)} <span class="sub">class {name}</span>
                </p>
              </li>
            ))}
          </ul>
          <p class="note">With its greatest output on each.</p>
        </>
      )}
    </Panel>
  );
}
