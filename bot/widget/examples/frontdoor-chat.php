<?php
/**
 * Plugin Name: Front door chat
 * Description: A plain "leave" link at the top of every page, and the chat. Write the chat's address below, then put this file into wp-content/mu-plugins/.
 */

if (!defined('ABSPATH')) {
    exit;
}

const FRONTDOOR = 'https://chat.example.org';
const FRONTDOOR_LEAVE_TO = 'https://www.bbc.co.uk/weather';

// First on the page: leaving works before any script has loaded, and without one.
add_action('wp_body_open', function () {
    printf('<nav style="padding:.7em 1.2em" aria-label="Leave this page now"><a href="%s" rel="noreferrer" data-frontdoor-leave>Leave this page now</a></nav>', esc_url(FRONTDOOR_LEAVE_TO));
}, 0);

// The one script. Not cached, joined or delayed by optimising plugins: exclude widget.js there.
add_action('wp_footer', function () {
    printf('<script src="%s/widget.js" data-neutral defer></script>', esc_url(FRONTDOOR));
});

// A link for menus and pages: [frontdoor_chat]Ask, or tell us[/frontdoor_chat]
add_shortcode('frontdoor_chat', function ($attributes, $words = '') {
    return sprintf('<p><a href="%s/help/chat" data-frontdoor-open>%s</a></p>', esc_url(FRONTDOOR), esc_html($words ?: 'Ask, or tell us'));
});
