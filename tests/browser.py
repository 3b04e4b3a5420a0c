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
