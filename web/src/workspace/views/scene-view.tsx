import { useEffect, useRef, useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../live/use-session.ts';
import { CellScene } from '../../scene/cell-scene.ts';
import { groundOf, prefer, usePreferences } from '../../ui/preferences.ts';
import { lazily } from '../../ui/lazily.ts';
import { useSelection } from '../selection.tsx';
import { LineFigures } from './line-figures.tsx';
import { useFeed, useWatchedSignals } from './use-feed.ts';

/** What stands in where there is no WebGL; nobody else loads it with the scene. */
const SchematicView = lazily(() => import('./schematic-view.tsx').then(({ SchematicView: View }) => View));

/** The line in 3D. The scene draws by itself; React only hands it what changed. */
export function SceneView() {
  const { t, language } = useWords();
  const session = useSession();
  const preferences = usePreferences();
  const { labels, quality, calm } = preferences;
  const theme = groundOf(preferences);
  const { station, selectStation } = useSelection();
  const host = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<CellScene>();
  const [problem, setProblem] = useState<unknown>();
  const start = useRef({ theme, language, selectStation });
  useEffect(() => {
    start.current = { theme, language, selectStation };
  });

  useEffect(() => {
    try {
      const made = new CellScene(host.current!, {
        view: session.cell,
        theme: start.current.theme,
        language: start.current.language,
        quality,
        reducedMotion: calm,
        onSelect: (id) => id && start.current.selectStation(id),
        serverMs: session.clock.serverMs,
      });
      setScene(made);
      return () => {
        setScene(undefined);
        made.dispose();
      };
    } catch (error) {
      setProblem(error);
      return undefined;
    }
  }, [session, quality, calm]);

  useEffect(() => scene?.setTheme(theme), [scene, theme]);
  useEffect(() => scene?.setLanguage(language), [scene, language]);
  useEffect(() => scene?.select(station), [scene, station]);
  useFeed(scene);
  useWatchedSignals(scene);

  if (problem !== undefined) {
    return (
      <>
        <div className="note scene-missing" role="status">
          <p>
            <strong>{t('scene.failed')}</strong> {t('scene.failedHint')}
          </p>
        </div>
        <SchematicView />
      </>
    );
  }
  return (
    <>
      <div className="view-bar">
        <div className="row tight">
          <Button className="btn sm" onPress={() => scene?.fit()}>
            {t('scene.whole')}
          </Button>
          <Button className="btn sm mono" onPress={() => scene?.fit(station)}>
            {station}
          </Button>
          <ToggleButton className="btn sm" isSelected={labels} onChange={(shown) => prefer({ labels: shown })}>
            {t('scene.labels')}
          </ToggleButton>
        </div>
        <LineFigures />
      </div>
      <div className="view-space">
        <div
          ref={host}
          className={labels ? 'scene' : 'scene hides-labels'}
          role="group"
          aria-label={t('scene.label')}
        />
      </div>
    </>
  );
}
