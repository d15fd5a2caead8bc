import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { t } from './words.ts';

/** Indigo in ten steps; 7 is the accent of the light theme, 6 that of the dark one. */
const aim: MantineColorsTuple = [
  '#ededfa',
  '#dcdcf6',
  '#c9c9f0',
  '#aeaffa',
  '#9192f0',
  '#7f80ee',
  '#5a5ad2',
  '#3b3aa6',
  '#32318f',
  '#282775',
];

/** The theme; a function because its words are loaded by then. */
export const makeTheme = () =>
  createTheme({
    primaryColor: 'aim',
    primaryShade: { light: 7, dark: 6 },
    colors: { aim },
    fontFamily: 'var(--font)',
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
    defaultRadius: 6,
    fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
    lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
    headings: { fontWeight: '600', fontFamily: 'var(--font)' },
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      Button: { defaultProps: { size: 'sm', variant: 'default' }, classNames: { root: 'btn' } },
      ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
      Portal: { defaultProps: { target: '#overlays' } },
      ModalHeader: { defaultProps: { role: 'presentation' } },
      DrawerHeader: { defaultProps: { role: 'presentation' } },
      Modal: {
        defaultProps: {
          centered: true,
          closeButtonProps: { 'aria-label': t('ui.close') },
          radius: 6,
          transitionProps: { duration: 120 },
          overlayProps: { backgroundOpacity: 0.35 },
        },
      },
      Drawer: { defaultProps: { closeButtonProps: { 'aria-label': t('ui.close') }, transitionProps: { duration: 120 } } },
      Menu: {
        defaultProps: { withInitialFocusPlaceholder: false, menuItemTabIndex: 0, transitionProps: { duration: 80 }, shadow: 'none' },
      },
      Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'none' } },
      Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } },
      InputWrapper: { classNames: { label: 'field-label', description: 'field-help', error: 'field-error' } },
      Input: { classNames: { input: 'field-input' } },
    },
  });

/** Hands our tokens to Mantine, so that there is one set of colours. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--ctl)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-disabled': 'var(--none-soft)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-color-aim-filled': 'var(--accent)',
    '--mantine-color-aim-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent-ink)',
    '--mantine-color-gray-text': 'var(--ink-2)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
  };
  return { variables: {}, light: shared, dark: shared };
};
