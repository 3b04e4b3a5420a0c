"""A headless browser for the tests: the machine's own Chromium. Nothing is downloaded."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = "Chromium or its driver is not installed; on Debian or Ubuntu, apt-get install chromium-driver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # the sandbox does not start for root, whom containers run as
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers give it 64 MB
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # what is shown must need no network
)


def start(profile, *, width=1280, height=900):
    """Start a browser. The caller must `quit()` it.

    Skips the test if Chromium or its driver is missing.

    Parameters
    ----------
    profile : path
        An empty folder for the browser's own files.
    width, height : int
        Of the window, in pixels.
    """
    if CHROMIUM is None or DRIVER is None:
        pytest.skip(MISSING)
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--window-size={width},{height}", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))


_CONTROLS = """
const root = arguments[0] ?? document;
const all = [...root.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({ visibilityProperty: true }));
const boxOf = e => (e.matches('[type=checkbox], [type=radio]') && e.labels[0] || e).getBoundingClientRect();
const elsewhere = '.marks button, td.text *, p > *, [tabindex="0"]:not(button)';
const targets = all.filter(e => !e.matches(elsewhere)).map(e => [e, boxOf(e)]);
const middle = b => [b.x + b.width / 2, b.y + b.height / 2];
const away = ([x, y], b) => Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
const small = b => b.width < 24 || b.height < 24;
const tight = targets.filter(([e, b]) => small(b) && targets.some(([other, o]) => other !== e && !other.contains(e)
  && (away(middle(b), o) < 12 || small(o) && away(middle(b), new DOMRect(...middle(o), 0, 0)) < 24)));
return [all.slice(0, arguments[1]), tight.map(([e, b]) => 'small: ' + e.outerHTML.slice(0, 80))];
"""


def weaknesses(driver, root=None, *, most=40):
    """Controls without an accessible name, as Chromium computes it, and targets that are small and close to others.

    Targets are measured as WCAG 2.2, 2.5.8 says: 24 by 24 pixels, or as far from others. Left out are targets in a
    line of text, and the marks of figures, whose size is that of their numbers.

    Parameters
    ----------
    driver : WebDriver
    root : WebElement or ShadowRoot, optional
        The part of the page that is looked at.
    most : int, default 40
        Number of controls whose names are asked for.
    """
    controls, found = driver.execute_script(_CONTROLS, root, most)
    return found + [
        f"unnamed: {one.get_attribute('outerHTML')[:80]}" for one in controls if not one.accessible_name
    ]
